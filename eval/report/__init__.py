"""Judged questions as people and as programs read them."""

from eval.report.table import as_tree, print_misses, print_report

__all__ = ["as_tree", "print_misses", "print_report"]
