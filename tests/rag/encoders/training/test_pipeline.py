import json
import logging
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load_file

from rag.encoders.training.__main__ import main
from rag.encoders.training.loop import CheckpointError
from rag.encoders.training.pipeline import Job, run_job

FILES = ("model.safetensors", "tokenizer.json", "token_counts.npy")


class InterruptedRunError(Exception):
    pass


def interrupt_at(stage, step):
    def on_step(progress):
        if progress.stage == stage and progress.step == step:
            raise InterruptedRunError

    return on_step


@pytest.fixture(scope="module")
def finished(data, recipe, tmp_path_factory):
    folder = tmp_path_factory.mktemp("finished")
    run_job(Job(data, folder / "out", folder / "work", recipe))
    return folder


@pytest.fixture
def job(data, recipe, tmp_path):
    return Job(data, tmp_path / "out", tmp_path / "work", recipe)


class TestRun:
    def test_learns_to_translate(self, finished):
        record = json.loads((finished / "out/training.json").read_text(encoding="utf8"))
        assert record["stage"] == "words"
        assert set(record["development"]) == {"mean", "late", "words"}
        for score in record["development"]["words"]["groups"].values():
            assert score["mean"] > 0.9
            assert score["late"] > 0.9
            assert score["words"] > 0.9

    def test_equal_seeds_give_equal_files(self, job, finished, tmp_path):
        run_job(job)
        for name in FILES:
            assert (tmp_path / "out" / name).read_bytes() == (finished / "out" / name).read_bytes(), name

    def test_another_seed_gives_other_vectors(self, job, finished, tmp_path):
        run_job(replace(job, recipe=replace(job.recipe, seed=1)))
        first, second = (load_file(f / "out/model.safetensors")["embedding.weight"] for f in (finished, tmp_path))
        assert not np.array_equal(first, second)

    @pytest.mark.parametrize(
        ("stage", "step"), [("mean", 3), ("mean", 25), ("late", 5), ("late", 23), ("words", 4), ("words", 25)]
    )
    def test_an_interrupted_run_ends_like_an_uninterrupted_one(self, job, finished, tmp_path, stage, step):
        with pytest.raises(InterruptedRunError):
            run_job(job, interrupt_at(stage, step))
        seen = []
        run_job(job, seen.append)
        if step > 20:
            assert (seen[0].stage, seen[0].step) == (stage, 21)  # the checkpoint's
        for name in FILES:
            assert (tmp_path / "out" / name).read_bytes() == (finished / "out" / name).read_bytes(), name
        record = json.loads((tmp_path / "out/training.json").read_text(encoding="utf8"))
        assert set(record["development"]) == {"mean", "late", "words"}

    def test_a_checkpoint_of_another_recipe_is_refused(self, job):
        with pytest.raises(InterruptedRunError):
            run_job(job, interrupt_at("mean", 15))
        with pytest.raises(CheckpointError, match="another run"):
            run_job(replace(job, recipe=replace(job.recipe, seed=2)))


class TestCommandLine:
    @pytest.fixture(autouse=True)
    def _quiet(self):
        yield
        logging.getLogger().handlers.clear()

    def test_missing_data_folder_is_one_line_and_exit_2(self, tmp_path, capsys):
        missing = tmp_path / "nowhere"
        assert main(["--data", str(missing), "--out", str(tmp_path / "out"), "--work", str(tmp_path / "work")]) == 2
        lines = [line for line in capsys.readouterr().err.splitlines() if line.strip()]
        assert lines == [f"error: training data folder not found: {missing}"]
        assert not (tmp_path / "out").exists()

    def test_missing_part_is_named(self, tmp_path, capsys):
        (tmp_path / "parallel").mkdir()
        assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--work", str(tmp_path / "work")]) == 2
        assert "no .xz files in" in capsys.readouterr().err
