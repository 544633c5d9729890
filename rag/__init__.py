"""newsrag: ask a multilingual news archive, get answers whose every sentence can be checked."""
