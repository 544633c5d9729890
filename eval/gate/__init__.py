"""The gate: what main has reached, in ``eval/expected.json``, and whether a change lets a figure of it fall.

``measuring`` asks the sets of the repository and makes a table of each, one row a question; ``expected`` reads and
writes those of main; ``comparing`` holds the rule by which a figure fails.
"""
