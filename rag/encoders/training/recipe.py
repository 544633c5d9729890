"""Every number the training run depends on, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """The settings of a run; two runs with equal settings and equal data give equal weights on one machine.

    Sizes are in tokens (vocabulary), coordinates (dimensions), rows (batches) or steps. `share` shortens all
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
    mean_loss_weight: float = 0.5  # of the mean-pooled loss beside the late-interaction loss in stages 2 and 3

    # Stage 3: late interaction over words. A step costs a fifth of a second on two free cores, and the rows below
    # make about 10,000.
    words_rate: float = 2e-3
    words_batch: int = 144  # passages: the largest whose step stays below half a second
    words_sentence_batch: int = 345  # 2.4 times as many: a sentence costs that much less than a passage
    words_entry_batch: int = 384  # dictionary entries and names
    words_window_rows: int = 416_000  # of the passages 60 % from running text, 40 % put together
    words_pseudo_rows: int = 276_000
    words_sentence_rows: int = 900_000
    words_qa_rows: int = 110_000
    words_dictionary_rows: int = 240_000
    words_names_rows: int = 240_000
    words_shortest: int = 10  # tokens of both sides together; shorter ones say too little to be found by
    words_longest: int = 110
    words_leaf: int = 16  # rows that are alike and come into a batch together; nine such leaves still differ
    words_sentence_tokens: int = 60
    words_query_tokens: int = 40
    words_passage_tokens: int = 130  # about what the search compares: half a stored passage
    words_passage_sentences: int = 6
    words_reach: int = 3  # sentences before and after, from which a passage of running text is drawn
    words_strangers: int = 30  # rows of the batch that are looked at for sentences of the same language pair
    words_qa_tokens: int = 200
    words_thinned: float = 0.7  # share of the sentences that lose tokens to become like a question
    words_thinned_from: int = 7  # longer sentences than this
    words_kept_least: float = 0.3  # share of the tokens that stay
    words_kept_most: float = 0.8
    words_kept_tokens: int = 4  # at least

    warm_up: int = 50  # steps of rising learning rate
    checkpoint_every: int = 500  # steps
