"""Seeded frauds among honest interviews: what the screening of interviews is measured on.

Written before the screening and without regard to it: it says how honest volunteers and dishonest
ones are thought to work, not what is easily found. Each seed gives other villages, volunteers and
households. Whoever changes the screening leaves these files as they are, works on seeds of three
digits, and is measured on seeds of four digits, which the benchmark prints.
"""
