"""How many passages fit the context of a chat model."""

from collections.abc import Mapping, Sequence

from rag.answering.prompts import STRUCTURED_SYSTEM, SYSTEM, passage_prompt, user_prompt
from rag.answers import Hit
from rag.articles import Article
from rag.chat import estimate_tokens

REPLY_TOKENS = 1_500
"""Kept free for the reply: six statements with their quotes take up to 150 tokens each in most scripts, and some models
think before they write."""


def fitting(question: str, hits: Sequence[Hit], articles: Mapping[str, Article], context: int) -> int:
    """Return how many of the first passages a model can be given, 0 if not even one.

    :param hits: best first; a long one is not passed over for a worse one, so that numbers stay what they are.
    :param context: tokens, prompt and reply together.
    """
    told = max(estimate_tokens(SYSTEM), estimate_tokens(STRUCTURED_SYSTEM))
    left = context - REPLY_TOKENS - told - estimate_tokens(user_prompt(question, (), articles))
    for count, hit in enumerate(hits):
        left -= estimate_tokens(passage_prompt(count + 1, hit, articles))
        if left < 0:
            return count
    return len(hits)
