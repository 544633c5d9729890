"""Measurements that take longer than a test may: question sets, ours and public ones, and speed.

A module measures one thing; ``commands`` has the command of each and ``report`` prints what it found. ``public_sets``
is the table of the public ones: what each is, where to get it, and which module's ``measure_set`` measures it.
``xquad`` asks one pair of languages at a time, ``lareqa`` one pool of all languages, ``unanswerable`` SQuAD 2.0's
questions; ``squad`` reads the files of all three.
``speed`` measures one process on ``invented`` or ``recombined`` text, ``encoding`` the encoder alone, and
``against_quickstart`` whole processes beside the LangChain quickstart.
"""
