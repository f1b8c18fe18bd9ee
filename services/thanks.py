"""«Спасибо» and its kin: a polite word that asks for nothing."""

from __future__ import annotations

import re

LONGEST = 60

_WORD = re.compile(r"[^\W\d_]+")

_SAYS_IT = """
    спасибо спасибки спс пасиб благодарю благодарна благодарен благодарим признательна признателен мерси
    ок окей окк понятно понял поняла поняли ясно хорошо ладно отлично супер замечательно прекрасно класс принято
    thanks thank thx ok okay understood great perfect clear super
"""
"""Any of these is a thanks or an «I see» by itself."""

_GOES_WITH_IT = """
    большое огромное вам тебе вас очень за ответ ответы помощь совет консультацию подробный быстрый всё все это ещё еще раз
    и да вы мне сердечно искренне заранее теперь мы я вот так
    you very much a lot so many for the your answer help advice it got all is now i
"""
"""These only go with them."""

_CORE = frozenset(_SAYS_IT.split())
_POLITE = _CORE | frozenset(_GOES_WITH_IT.split())


def is_thanks(text: str) -> bool:
    """Whether `text` is only a polite word or a sign («спасибо!», «ок, понятно», «👍»): it asks for nothing, so it opens nothing anew."""
    text = text.strip()
    if not text or len(text) > LONGEST or "?" in text or any(character.isdigit() for character in text):
        return False
    words = _WORD.findall(text.lower())
    if not words:
        return True
    said = set(words)
    return said <= _POLITE and (bool(said & _CORE) or said == {"got", "it"})
