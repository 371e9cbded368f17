"""Invented news and information pages: title, summary, paragraphs, age in days."""

from typing import Final

NEWS: Final = (
    (
        "L'autoévaluation de l'année est ouverte",
        "Chaque association dit où elle en est de ses sept engagements. Comptez vingt minutes.",
        (
            "Comme chaque année, les associations signataires regardent ensemble comment la charte "
            "vit dans leurs quartiers. Le questionnaire suit les sept engagements : pour chacun, "
            "un degré d'application, ce qui a été fait, ce qui a coincé.",
            "On peut s'y mettre à plusieurs, s'arrêter et reprendre plus tard. Les résultats seront "
            "présentés lors de la rencontre annuelle.",
        ),
        6,
    ),
    (
        "Aux Tilleuls, un local partagé entre six associations",
        "Après deux ans de discussions, l'ancien bureau de poste rouvre ses portes.",
        (
            "Permanence d'accès aux droits le lundi, aide aux devoirs le soir, répétitions le "
            "week-end : le planning se décide ensemble, une fois par mois, avec les habitantes et "
            "habitants qui le souhaitent.",
            "Le loyer est réparti selon les moyens de chaque structure. Les comptes sont affichés "
            "à l'entrée.",
        ),
        17,
    ),
    (
        "Enquête sur les besoins : plus de deux mille réponses",
        "Merci aux bénévoles qui ont tenu les tables devant les écoles et les marchés.",
        (
            "Dans les douze quartiers du réseau, on a répondu au pied des immeubles, au marché, à "
            "la sortie de l'école, souvent à voix haute et à plusieurs.",
            "Premier constat : la santé et les transports arrivent partout en tête. La restitution "
            "se prépare avec celles et ceux qui ont répondu.",
        ),
        31,
    ),
    (
        "Appel à projets « Quartiers d'été » : concertons-nous avant de répondre",
        "Une rencontre par ville pour se coordonner avant le dépôt des dossiers.",
        (
            "L'an dernier, quatre associations avaient demandé les mêmes créneaux au même gymnase. "
            "Cette fois, on se parle avant : qui porte quoi, avec qui, et pour quels publics.",
            "Une garde d'enfants est prévue à chaque rencontre.",
        ),
        45,
    ),
    (
        "Formation : lire un budget associatif sans s'endormir",
        "Deux soirées ouvertes aux bénévoles de toutes les associations du réseau.",
        (
            "Charges, produits, fonds dédiés, trésorerie : on part des comptes réels d'une petite "
            "association volontaire et on apprend à poser les bonnes questions.",
        ),
        62,
    ),
    (
        "Les Docks se souviennent : une exposition itinérante",
        "Les portraits recueillis auprès des anciennes ouvrières voyagent de quartier en quartier.",
        (
            "Quarante portraits, autant de voix enregistrées. L'exposition se monte en une heure et "
            "tient dans une camionnette : il suffit de la demander.",
        ),
        84,
    ),
    (
        "Ce que la rencontre annuelle a décidé",
        "Trois actions communes, une personne pour suivre chacune d'elles.",
        (
            "Tenir un calendrier partagé des appels à projets, mettre en commun le matériel de "
            "fête, et accueillir chaque trimestre les nouvelles associations : ces trois actions "
            "seront suivies jusqu'à la prochaine rencontre.",
        ),
        120,
    ),
)

INFORMATION: Final = (
    (
        "Rejoindre le réseau",
        "Association ou collectif, avec ou sans numéro : comment signer la charte.",
        (
            "Le réseau accueille toute association et tout collectif qui agit dans un quartier "
            "prioritaire et se reconnaît dans la charte.",
            "Prenez contact avec l'animation du réseau : on vous raconte, vous en parlez entre "
            "vous, votre conseil décide.",
        ),
    ),
    (
        "Comment se prennent les décisions",
        "Une rencontre annuelle, des rencontres par ville, et des comptes rendus lisibles.",
        (
            "La rencontre annuelle part des résultats de l'autoévaluation. Elle choisit peu "
            "d'actions, et dit qui les suit.",
            "Entre deux rencontres, chaque ville s'organise comme elle l'entend.",
        ),
    ),
    (
        "Ce que deviennent vos réponses",
        "Qui lit les enquêtes, ce qui est publié, ce qui ne l'est jamais.",
        (
            "Les réponses aux enquêtes de besoins sont anonymes : aucun nom, aucune adresse, aucune "
            "heure précise n'est gardée. Les groupes trop petits ne sont pas montrés.",
            "Les autoévaluations sont signées par les associations ; le réseau publie des totaux.",
        ),
    ),
)
