"""The letter's eight quality checks of a village: facts in, a state with its figures out.

A check is one module: what it is called, the version of its formula, and a pure function. The
formulas in words are in `texts/*/quality.json`, by check and version.
"""
