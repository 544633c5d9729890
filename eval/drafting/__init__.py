"""Gold questions proposed from a user's own articles, to be reviewed by a person: ``rag eval draft``."""

from eval.drafting.drafting import Draft, check_out, draft

__all__ = ["Draft", "check_out", "draft"]
