"""Texts: every version of a wording lies here once, append-only; links between passages are the thread."""
