"""The recipe of the bundled encoder: from folders of sentence pairs to a finished static multilingual model.

`python -m rag.encoders.training --data DATA/train --out rag/encoders/static_model` runs it. Nothing here is
imported to answer a question; it needs torch.

    data        reads the folders and holds sentence pairs out for development scores
    tokenizer   normalisation and a WordPiece vocabulary over all languages
    tokens      texts as token rows; token counts
    batches     which rows meet in which step, decided by the seed alone
    losses      mean-pooled and late-interaction scores, in-batch softmax
    loop        the two stages, checkpoints, resumption
    development retrieval of translations and passages among what was held out
    export      the folder that sentence-transformers and model2vec load
    xquad       recall on XQuAD, for information, never for training
"""
