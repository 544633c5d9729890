"""Numbers, amounts and dates in any language: found, normalised, and a statement's compared with its source's."""

from rag.citing.values.compare import Difference, differences
from rag.citing.values.date import Date, dates
from rag.citing.values.quantity import Quantity, quantities

__all__ = ["Date", "Difference", "Quantity", "dates", "differences", "quantities"]
