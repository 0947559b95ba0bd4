"""What an alert says: `letter_of` one alert, `letter_together` many; `plain` and `page` write it. Pure."""

from monitor.alert.words.compose import letter_of, letter_together
from monitor.alert.words.letter import Letter, Part, Style
from monitor.alert.words.page import page
from monitor.alert.words.plain import plain

__all__ = ["Letter", "Part", "Style", "letter_of", "letter_together", "page", "plain"]
