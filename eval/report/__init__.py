"""The report of a run: one JSON tree, and that tree as tables, Markdown and a page that people look at."""
