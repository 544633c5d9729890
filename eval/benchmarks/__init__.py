"""Measurements that take longer than a test may: public question sets and speed.

``xquad`` asks one pair of languages at a time, ``lareqa`` one pool of all languages; ``squad`` reads the files of both.
``speed`` measures one process on ``invented`` or ``recombined`` text, ``encoding`` the encoder alone, and
``against_quickstart`` whole processes beside the LangChain quickstart.
"""
