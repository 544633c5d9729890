"""The recipe of the bundled encoder: from folders of sentence pairs to a finished static multilingual model.

`python -m rag.encoders.training --data DATA/train --out rag/encoders/static_model` runs it. Nothing here is
imported to answer a question; it needs torch.

    data          reads the folders and holds sentence pairs out for development scores
    components    which sentences of the parallel texts are translations of each other
    tokenizer     normalisation and a WordPiece vocabulary over all languages
    tokens        texts as token rows; token counts
    words         tokens grouped into words, with their vectors and weights
    batches       which rows meet in which step of the first two stages, decided by the seed alone
    likeness      rows grouped with their neighbours
    word_batches  the same for the third stage: thinned sentences against passages, among near misses
    losses        mean-pooled and late-interaction scores, in-batch softmax
    loop          the three stages, checkpoints, resumption
    development   retrieval of translations and passages among what was held out
    export        the folder that sentence-transformers and model2vec load
"""
