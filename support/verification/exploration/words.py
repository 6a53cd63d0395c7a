"""The words that people of a walk say to each other: plain ones, and from the corpus those that fit into a line."""

import re

from support.vocabulary.lint.settings import wire_words
from support.vocabulary.terms.words import KINDS

#: Plain words, each said once in a walk, in this order.
PLAIN = tuple(
    """Lunch at noon?|On my way|Bring the map|Start without me|See you tomorrow|The train is late|Doors at seven
Good to have you back|Where were we?|Keep me some bread|Call me later|Between you and me|That was close
Are you still there?|It rains again|Nearly done|One more thing|Sleep well|No hurry|So it is|Ask me again|Not today
The key is under the mat|I am here|Who has the tents?|Turn left at the church|All is well|Yes|Really?|At last
Good morning|Too late|Take the other door|What a day|I can hear you|Same place as ever|Up the hill|Half past nine
Thank you|Never mind|Have a look|Two of them|By the river|Soon enough|Write to me""".replace("\n", "|").split("|")
)
#: Questions to bots.
QUESTIONS = ("What is the capital of Peru?", "And of Chile?", "How high is Mont Blanc?", "Who wrote Faust?")

_NOT_IN_A_LINE = re.compile(r'["\\\n\t|<>]|^\s|\s$|\s\s')
#: What is special about words -> the words: those of the corpus that can stand in a line as they are.
SPECIAL = {
    kind: words
    for kind, words in KINDS.items()
    if len(words) < 120 and not _NOT_IN_A_LINE.search(words) and not wire_words().search(words)
}
