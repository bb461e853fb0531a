"""riskq: what a law asks of an AI system, found by a questionnaire that is data.

A journey through a questionnaire is a pure function of the questionnaire and the answers;
everything that a person sees is read off that one function.
"""
