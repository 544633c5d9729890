"""The evaluation: gold questions run against an archive, and the figures that say how far to trust its answers."""
