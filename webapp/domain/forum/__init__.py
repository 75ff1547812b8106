"""The back-check at the village forum: some households are asked some questions again.

The letter's check 7. Whom to ask is drawn by a rule that anybody can follow again (`draw`), failed
calls are replaced in an order drawn with them (`calls`), and what two people were told is compared
question by question (`agreement`). The questions are data of the questionnaire's (`questions`).
"""
