/** Ordinary names from which people are invented. */

export const familyNames =
  `Abadie Allard Amrani André Antoine Arnaud Aubert Aubry Bailly Barbier Baron Barré Barthélémy Baudouin Bazin Béguin
Benoît Berger Bertin Bertrand Besnard Besson Blanchard Blin Bocquet Boëdec Bonnard Bonnet Bouchard
Boucher Bouvier Boyer Breton Briand Brun Brunet Carlier Caron Carpentier Cazenave Çelik Chauvin Chrétien
Colin Collet Cordier Coulibaly Courtois Cousin Delaunay Delmas Denis Deschamps Desjardins Diallo
Diarra Duclos Ducrocq Dufour Dupont Dupré Durand Évrard Fabre Faivre Faucher Faure Ferrand
Ferreira Fischer Fleury Fontaine Fournier Gaillard Garnier Gauthier Georges Gérard Germain Giraud Gonçalves
Grondin Guérin Guillaume Guillot Hamel Haddad Hébert Hérault Hoarau Hoffmann Hubert Huet Humbert Jacob Jacquet
Joly Jourdan Jullien Karadeniz Keller Kowalski Labbé Lacombe Lacroix Langlois Laurent Lebrun Leclercq Lefèvre
Léger Lelièvre Lemaître Leroux Lévêque Leroy Loiseau Lopez Louis Maçon Mallet Marchal Maréchal Marion Marty Masson
Mathieu Maurice Mendes Ménard Mercier Meunier Meyer Michaud Millet Moreau Morel Morin Moulin Müller Nguyen Noël Olivier
Ouedraogo Page Paquet Payet Pelletier Pereira Péron Perrier Perrot Pichon Poirier Poulain Prévost
Quéméneur Rémy Renard Rey Rivière Robin Roger Rolland Royer Sanchez Sauvage Schmitt
Ségalen Tanguy Tessier Thévenot Thibault Tournier Traoré Vallée Valentin Vasseur Verdier Vincent
Vœgelé Wagner Weber Yildirim Ziegler`.split(/\s+/);

export const particleNames = [
  'de Beaumont-Rivière',
  'de La Fresnaye',
  'd’Aubigny',
  'd’Hautefeuille',
  'Le Bihan',
  'Le Gall',
  'Le Goff',
  'Du Plessis',
  'de Kervadec',
  'Des Essarts',
  'El Amrani',
  'Ben Salah',
  'Van Damme',
  'Von Bergen',
  'L’Hermitte',
  'N’Diaye',
  'N’Guessan',
  'La Salle',
  'D’Angelo',
  'Di Rosa',
  'de Oliveira',
  'Da Silva',
  'Dos Santos',
] as const;

/** By decade of birth: before 1960, from 1960 to 1989, since 1990. */
export const givenNames: Record<
  'female' | 'male',
  readonly [old: string[], middle: string[], recent: string[]]
> = {
  female: [
    'Andrée Arlette Bernadette Chantal Christiane Claudine Colette Danielle Denise Édith Éliane Françoise Geneviève Ginette Huguette Jacqueline Jeannine Josette Liliane Lucette Madeleine Marcelle Marie-Claude Marie-Thérèse Mauricette Michèle Monique Nicole Odette Paulette Raymonde Régine Renée Simone Solange Suzanne Thérèse Yvette Yvonne'.split(
      ' ',
    ),
    'Agnès Anne-Sophie Aurélie Béatrice Brigitte Carine Catherine Céline Christelle Corinne Cécile Delphine Dominique Élisabeth Émilie Estelle Fatiha Florence Frédérique Gaëlle Hélène Isabelle Karine Laëtitia Laurence Magali Malika Marie-Laure Maryse Nadège Nathalie Noémie Patricia Sandrine Séverine Sophie Stéphanie Sylvie Valérie Véronique Virginie Zohra'.split(
      ' ',
    ),
    'Agathe Aïcha Alizée Amandine Anaïs Aya Camille Capucine Célia Chloé Clémence Éléonore Élise Éloïse Emma Fanny Gwenaëlle Inès Jade Justine Léa Léonie Lina Louise Lucie Maëlys Manon Margaux Mathilde Mélissa Myriam Océane Ophélie Pauline Romane Salomé Sarah Yasmine Zoé'.split(
      ' ',
    ),
  ],
  male: [
    'Albert Aimé André Armand Bernard Claude Daniel Émile Étienne Eugène Fernand Gaston Georges Gérard Gilbert Guy Henri Hervé Jacques Jean-Claude Jean-Pierre Joël Joseph Lucien Marcel Maurice Michel Noël Paul Pierre Raymond René Robert Roger Roland Serge Yves'.split(
      ' ',
    ),
    'Alain Ahmed Arnaud Benoît Bruno Cédric Christophe Cyril David Didier Emmanuel Éric Fabrice Franck Frédéric Gaël Gérald Grégory Hakim Jean-François Jérôme Joaquim Laurent Loïc Ludovic Manuel Mickaël Mohamed Nicolas Olivier Pascal Philippe Régis Rodolphe Sébastien Stéphane Sylvain Thierry Tristan Vincent Xavier Yann'.split(
      ' ',
    ),
    'Adrien Alexandre Amine Anthony Antoine Baptiste Bastien Clément Corentin Dorian Enzo Ethan Félix Florian Gabin Gaspard Guillaume Hugo Jérémy Jordan Jules Kévin Léo Loïc Lucas Maël Mathéo Mathis Maxime Nathan Nino Quentin Rayan Rémi Romain Samuel Théo Thibault Tom Valentin Yanis'.split(
      ' ',
    ),
  ],
};

export const streets = [
  'rue des Lilas',
  'rue du Moulin',
  'avenue de la Gare',
  'rue de l’Église',
  'place du Marché',
  'chemin des Vignes',
  'rue Pasteur',
  'rue des Écoles',
  'boulevard de la République',
  'allée des Tilleuls',
  'impasse du Lavoir',
  'rue Jean-Jaurès',
  'rue de la Fontaine',
  'route de la Forêt',
  'quai des Bateliers',
  'rue du Château-d’Eau',
] as const;

/** INSEE codes of countries of birth, with the share each takes. */
export const countries = [
  '99352',
  '99352',
  '99350',
  '99350',
  '99351',
  '99139',
  '99139',
  '99127',
  '99134',
  '99208',
  '99341',
  '99326',
  '99131',
  '99109',
  '99122',
  '99243',
  '99132',
  '99410',
] as const;
