from pathlib import Path

import pytest

import rag
from rag.errors import SettingsError


class TestSettings:
    def test_environment_beats_the_file_and_arguments_beat_both(self, monkeypatch, tmp_path):
        (tmp_path / "rag.toml").write_text('passage_chars = 300\narchive = "from-file"\n')
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("RAG_ARCHIVE")
        assert rag.Settings().passage_chars == 300
        monkeypatch.setenv("RAG_PASSAGE_CHARS", "400")
        assert rag.Settings().passage_chars == 400
        assert rag.Settings(passage_chars=500).passage_chars == 500
        assert rag.Settings().archive == Path("from-file")

    def test_bad_value_names_variable_and_value(self, monkeypatch):
        monkeypatch.setenv("RAG_PASSAGE_CHARS", "many")
        with pytest.raises(SettingsError, match=r"RAG_PASSAGE_CHARS.*'many'"):
            rag.Settings()

    def test_unknown_field_names_the_choices(self, monkeypatch, tmp_path):
        (tmp_path / "rag.toml").write_text("passage_size = 3\n")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SettingsError, match=r"'passage_size'.*passage_chars"):
            rag.Settings()

    def test_file_that_is_no_toml_is_one_line(self, monkeypatch, tmp_path):
        (tmp_path / "rag.toml").write_text("passage_chars = = 3\n")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SettingsError, match=r"rag\.toml is not valid TOML"):
            rag.Settings()

    def test_every_field_is_described(self):
        assert all(field.description for field in rag.Settings.model_fields.values())

    def test_key_is_not_shown(self):
        assert "sk-1" not in repr(rag.Settings(llm_api_key="sk-1"))
