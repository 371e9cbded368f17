"""An invented network: twelve territories, forty associations, one account per role.

Department 99 does not exist: no code of the demo can be taken for a real neighbourhood.
"""

from typing import Final

from intranet.accounts import roles

PASSWORD: Final = "maillage-demo"  # noqa: S105

TERRITORIES: Final = (
    ("QN09901M", "Les Tilleuls", "Valbonne-la-Neuve"),
    ("QN09902M", "Le Grand Verger", "Valbonne-la-Neuve"),
    ("QN09903M", "Centre Ville", "Port-Sauveur"),
    ("QN09904M", "Les Docks", "Port-Sauveur"),
    ("QN09905M", "La Butte aux Cerfs", "Saint-Orens-sur-Lisle"),
    ("QN09906M", "Bellevue – Les Peupliers", "Saint-Orens-sur-Lisle"),
    ("QN09907M", "Le Moulin Vert", "Castelbrun"),
    ("QN09908M", "La Filature", "Castelbrun"),
    ("QN09909M", "Les Hautes Terres", "Monteclair"),
    ("QN09910M", "Quartier de la Gare", "Monteclair"),
    ("QN09911M", "Les Sources", "Aubrive-les-Bains"),
    ("QN09912M", "Beau Soleil", "Rochefontaine"),
)

# Name, whether it is a collective, and the territories it works in (positions above).
ASSOCIATIONS: Final = (
    ("Les Tisserands", False, (0, 1)),
    ("La Passerelle", False, (0,)),
    ("Le Fil d'Ariane", False, (1,)),
    ("Jardins partagés du Verger", False, (1,)),
    ("Collectif des locataires des Tilleuls", True, (0,)),
    ("Radio Quartier Libre", False, (0, 1, 2)),
    ("L'Atelier du Port", False, (2,)),
    ("Mémoires des Docks", False, (3,)),
    ("Port d'attache", False, (2, 3)),
    ("Les Cuisines voyageuses", False, (3,)),
    ("Collectif Mamans des Docks", True, (3,)),
    ("Boxe et Citoyenneté", False, (2, 3)),
    ("La Butte en fête", False, (4,)),
    ("Lire et Grandir", False, (4, 5)),
    ("Un toit, des voisins", False, (5,)),
    ("Centre social Bellevue", False, (5,)),
    ("Les Peupliers solidaires", False, (5,)),
    ("Vélo pour toutes et tous", False, (4, 5, 6)),
    ("Le Moulin à paroles", False, (6,)),
    ("Numérique en commun", False, (6, 7)),
    ("La Filature des arts", False, (7,)),
    ("Entraide Castelbrun", False, (6, 7)),
    ("Collectif Espace vert pour nos enfants", True, (6,)),
    ("Théâtre de l'Étoffe", False, (7,)),
    ("Hautes Terres en mouvement", False, (8,)),
    ("Les Semeurs d'idées", False, (8,)),
    ("Accueil et Droits", False, (8, 9)),
    ("La Ressourcerie de la Gare", False, (9,)),
    ("Jeunes en gare", False, (9,)),
    ("Maison des langues", False, (8, 9)),
    ("Collectif des habitants du quai", True, (9,)),
    ("Sources vives", False, (10,)),
    ("Les Bains numériques", False, (10,)),
    ("Aînés d'Aubrive", False, (10,)),
    ("Football club des Sources", False, (10,)),
    ("Soleil pour tous", False, (11,)),
    ("La Petite Fabrique", False, (11,)),
    ("Parents d'élèves de Beau Soleil", False, (11,)),
    ("Emploi et Savoirs", False, (0, 5, 9, 11)),
    ("Ligue des quartiers ouverts", False, (2, 4, 7, 10)),
)

# Address, first name, last name, role, position of the association.
PEOPLE: Final = (
    ("animation@maillage.example", "Claire", "Delmas", roles.ANIMATOR, None),
    ("edition@maillage.example", "Élodie", "Perrin", roles.EDITOR, None),
    ("referente@maillage.example", "Aminata", "Sow", roles.REPRESENTATIVE, 0),
    ("contributeur@maillage.example", "Benoît", "Charpentier", roles.CONTRIBUTOR, 0),
    ("referent@maillage.example", "Denis", "Lopes", roles.REPRESENTATIVE, 1),
    ("partenaire@maillage.example", "Farid", "Benali", roles.PARTNER, None),
)
ADMINISTRATOR: Final = ("admin@maillage.example", "Gaëlle", "Le Roux")
