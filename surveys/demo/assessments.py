"""What the invented associations say of their seven commitments."""

from typing import Final

# How often each degree is given, from "not yet" to "fully", then "not concerned": a network
# that is a little further this year than last year.
LAST_YEAR: Final = (14, 38, 29, 13, 6)
THIS_YEAR: Final = (8, 30, 36, 20, 6)

DONE: Final = (
    "Deux réunions avec les habitantes et habitants, au pied des immeubles.",
    "Nous avons répondu à un appel à projets avec deux autres associations.",
    "Un cahier des besoins circule entre les structures du quartier.",
    "Les horaires de nos réunions ont été décidés avec les bénévoles ; une garde d'enfants est prévue.",
    "Nous publions nos comptes et nos financeurs sur le panneau d'entrée.",
    "Un représentant du collectif des locataires siège à notre conseil.",
    "Nous relayons chaque mois les informations du réseau à nos adhérentes et adhérents.",
    "Une rencontre avec la mairie, préparée et racontée ensemble.",
)

DIFFICULTIES: Final = (
    "Le temps manque : nous sommes trois bénévoles.",
    "Les délais des appels à projets ne laissent pas le temps de se concerter.",
    "Nous ne savons pas encore comment toucher les plus jeunes.",
    "La salle n'est pas accessible en fauteuil.",
    "Les services changent d'interlocuteur chaque année.",
)
