"""Every number the training run depends on, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """The settings of a run; two runs with equal settings and equal data give equal weights on one machine.

    Sizes are in tokens (vocabulary), coordinates (dimensions), rows (batches) or steps. `share` shortens both
    stages alike: 0.1 makes a tenth of the steps, for a quick look.
    """

    seed: int = 0
    share: float = 1.0

    vocabulary: int = 100_000  # 100,000 x 256 x 2 bytes = 51.2 MB, what a repository can carry
    dimensions: int = 256
    rarest_character: int = 8  # times a character must stand in the texts to be a token; leaves 7,500 of 11,000
    sentences_per_language: int = 100_000  # read for the vocabulary, so that English does not fill it

    # How strongly large language pairs outweigh small ones: 1 = by their size, 0 = all alike. 0.7 is what multilingual
    # BERT took (google-research/bert, multilingual.md).
    smoothing: float = 0.7

    # Stage 1: mean-pooled vectors. The learning rate is high because a table has no depth to blow up.
    mean_batch: int = 2048
    mean_epochs_parallel: float = 3.0
    mean_epochs_dictionary: float = 1.0
    mean_epochs_names: float = 1.0
    mean_rate: float = 0.01
    mean_tokens: int = 128

    # Stage 2: late interaction.
    late_rate: float = 2e-3
    late_batch: int = 384
    late_passage_batch: int = 192  # the cost of a step grows with query tokens x passage tokens
    late_sentence_budget: int = 10_000  # tokens of a batch of sentences, both sides; keeps a step near half a second
    late_sentence_rows: int = 800_000
    late_window_rows: int = 120_000
    late_qa_rows: int = 45_000
    late_dictionary_rows: int = 60_000
    late_names_rows: int = 60_000
    late_sentence_tokens: int = 40
    late_passage_tokens: int = 128
    window_before: int = 2  # sentences of context on each side make a passage of about the size an archive stores
    window_after: int = 2

    mean_scale: float = 20.0  # inverse softmax temperature of mean-pooled cosines
    late_scale: float = 25.0  # the same for late interaction, whose scores lie closer together
    mean_loss_weight: float = 0.5  # of the mean-pooled loss beside the late-interaction loss in stage 2

    warm_up: int = 50  # steps of rising learning rate
    checkpoint_every: int = 500  # steps
