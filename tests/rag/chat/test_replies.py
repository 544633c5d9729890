import pytest

from rag.chat import UnreadableError, read_object, without_reasoning


@pytest.mark.parametrize(
    "reply",
    [
        '{"verdict": "partly"}',
        '```json\n{"verdict": "partly"}\n```',
        'Here it is: {"verdict": "partly"} I hope it helps.',
        '<think>{"verdict": "supported"}</think>{"verdict": "partly"}',
        'Maybe {"verdict": "supported"}</think>{"verdict": "partly"}',
        'A {set} of {"verdict": "partly"}',
    ],
)
def test_an_object_whatever_stands_around_it(reply):
    assert read_object(reply) == {"verdict": "partly"}


@pytest.mark.parametrize("reply", ["", "partly", '{"verdict": "par', "[1]", "{" * 20_000, '{"a":' * 4_000])
def test_none(reply):
    with pytest.raises(UnreadableError):
        read_object(reply)


def test_reasoning():
    assert without_reasoning("<think>Hm.</think> Yes <thinking>or no") == "Yes"
