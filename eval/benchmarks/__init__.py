"""Measurements that take longer than a test may: question sets, ours and public ones, and speed.

A module measures one thing; ``commands`` has the command of each and ``report`` prints what it found.
``xquad`` asks one pair of languages at a time, ``lareqa`` one pool of all languages; ``squad`` reads the files of both.
``speed`` measures one process on ``invented`` or ``recombined`` text, ``encoding`` the encoder alone, and
``against_quickstart`` whole processes beside the LangChain quickstart.
"""
