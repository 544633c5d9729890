"""Every claim is checked: a quote becomes the exact span where it stands."""

from rag.citing.citation import cite
from rag.citing.locate import locate

__all__ = ["cite", "locate"]
