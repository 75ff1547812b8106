"""Screening: which interviews of a volunteer differ from those of the same village, and in what.

The rule, version 2, on one page. Nothing in it is a threshold of guilt: an interview is held beside
its own village, and what stands out is a reason to look, which a person judges.

1. **Beside whom.** The interviews of the village with the same questionnaire and mode (doorstep,
   or typed from paper). Are there fewer than 30, those of the subdistrict; are these fewer than
   30, the interview is not ranked: "too few to say".
2. **Signs** (`signs.py`): each is one number of an interview: seconds for each thing asked; how
   much quicker its two quickest sections went than the rest of the same interview; the share of
   choices that are the first of the list and of questions about people that concern nobody;
   sections closed by "all as usual"; how much of its answers another household of the volunteer
   gave before, rare answers counting for more; how many sums of money are the same as another
   household's, likewise; how round its usual sums are, and its least round ones; how soon it
   follows one interview and is followed by another; how late in the day it began.
3. **Deviation.** (value - expected) / spread, twice: expected is the middle of the group, or that
   middle moved towards the volunteer's own by n / (n + 10) for their n interviews. The larger
   counts: who is slow by nature hurries beside themselves first. Where a habit is no reason (the
   hour, small money) the own alone is looked at. Spread is the larger of 1.4826 times the median
   absolute deviation and the way from the middle to the 84th hundredth, not below the sign's least
   (then nobody is called unusual for a trifle in a village where all are alike).
4. **Points** of a sign: its weight for each spread beyond the first, up to the sign's most. The
   score is the sum.
5. **Standing out**: a score above Q3 + 1.7 (Q3 - Q1) of the group's scores, with Q3 - Q1 not below
   2 (Tukey's fence). Its reasons are the signs with half a point or more.
6. **Volunteers** are ranked by how many of their interviews stand out beyond what is usual in those
   villages among the others: (found - expected) / sqrt(expected + 1); fewer than 10 interviews are
   "too few to say".

Robust statistics: Rousseeuw & Croux 1993 (median absolute deviation); Tukey 1977 (fences). Fixed
shares of equal answers mislead where all live alike (Pew on Kuriakose & Robbins 2016); several
signs together serve better than one (Schwanhäuser et al. 2022).
"""
