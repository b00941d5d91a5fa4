/** What people of one country are called, where they live, and how their telephone numbers and addresses are written. */
export interface Country {
  readonly name: string;
  readonly givenNames: readonly string[];
  readonly familyNames: readonly string[];
  readonly places: readonly { readonly city: string; readonly state: string; readonly postcode: string }[];
  /** `#` is the house number. */
  readonly streets: readonly string[];
  /** Patterns with `#` for a digit, deliberately in several spellings. */
  readonly phones: readonly string[];
  readonly topLevelDomain: string;
}

export const countries: readonly Country[] = [
  {
    name: 'Norway',
    givenNames: ['Åse', 'Bjørn', 'Ingrid', 'Håkon', 'Solveig', 'Lars', 'Anne-Marie', 'Øystein'],
    familyNames: ['Hansen', 'Ødegård', 'Bakke', 'Næss', 'Sørensen', 'Lie', 'Strøm', 'Kvåle'],
    places: [
      { city: 'Oslo', state: 'Oslo', postcode: '0###' },
      { city: 'Bergen', state: 'Vestland', postcode: '5###' },
      { city: 'Tromsø', state: 'Troms', postcode: '90##' },
    ],
    streets: ['Storgata #', 'Kirkeveien #', 'Bjørnstjerne Bjørnsons gate #'],
    phones: ['+47 ### ## ###', '########', '0047 ## ## ## ##'],
    topLevelDomain: 'no',
  },
  {
    name: 'Germany',
    givenNames: ['Jürgen', 'Käthe', 'Björn', 'Sabine', 'Anneliese', 'Matthias', 'Jörg', 'Ursula'],
    familyNames: ['Müller', 'Weiß', 'Schröder', 'von der Heide', 'Groß', 'Köhler', 'Müller-Lüdenscheidt', 'Becker'],
    places: [
      { city: 'München', state: 'Bayern', postcode: '80###' },
      { city: 'Köln', state: 'Nordrhein-Westfalen', postcode: '50###' },
      { city: 'Lübeck', state: 'Schleswig-Holstein', postcode: '235##' },
    ],
    streets: ['Königsstraße #', 'Am Mühlbach #', 'Goetheallee #a'],
    phones: ['+49 89 #######', '0221/#######', '+49 (0)451 ######', '0151-########'],
    topLevelDomain: 'de',
  },
  {
    name: 'France',
    givenNames: ['Zoé', 'François', 'Hélène', 'Jean-Luc', 'Anaïs', 'Gaël', 'Chloé', 'Benoît'],
    familyNames: ["D'Angelo", 'Lefèvre', 'Béranger', 'de La Fontaine', "L'Hermite", 'Garçon', 'Noël', 'Dupré'],
    places: [
      { city: 'Paris', state: 'Île-de-France', postcode: '750##' },
      { city: 'Nîmes', state: 'Occitanie', postcode: '300##' },
      { city: "Villeneuve-d'Ascq", state: 'Hauts-de-France', postcode: '594##' },
    ],
    streets: ['# rue de la Paix', "# avenue de l'Opéra", '# bis, place Carnot'],
    phones: ['+33 # ## ## ## ##', '0#.##.##.##.##', '0# ## ## ## ##'],
    topLevelDomain: 'fr',
  },
  {
    name: 'United Kingdom',
    givenNames: ['Emma', 'Oliver', 'Siân', 'Harry', 'Priya', 'Callum', 'Mary Ann', 'Dafydd'],
    familyNames: ['Smith', 'Fitzgerald-Jones', 'MacDonald', 'Patel', "D'Arcy", 'Llewellyn', 'Taylor', 'St John'],
    places: [
      { city: 'London', state: 'Greater London', postcode: 'SW## #AB' },
      { city: "King's Lynn", state: 'Norfolk', postcode: 'PE## #XQ' },
      { city: 'Cardiff', state: 'Wales', postcode: 'CF## #RD' },
    ],
    streets: ['# High Street', "Flat 2, # Queen's Road", '# Church Lane'],
    phones: ['+44 20 #### ####', '020 #### ####', '07### ######', '(029) #### ####'],
    topLevelDomain: 'uk',
  },
  {
    name: 'Ireland',
    givenNames: ['Seán', 'Siobhán', 'Áine', 'Pádraig', 'Niamh', 'Conor', 'Sinéad', 'Máire'],
    familyNames: ["O'Brien", "O'Sullivan", 'Ó Dónaill', "O'Neill", 'Murphy', "O'Shea", 'Byrne', "O'Connor"],
    places: [
      { city: 'Dublin', state: 'Leinster', postcode: 'D## X###' },
      { city: 'Dún Laoghaire', state: 'Leinster', postcode: 'A96 P###' },
      { city: 'Galway', state: 'Connacht', postcode: 'H91 K###' },
    ],
    streets: ["# O'Connell Street", '# Grafton Street', '# Shop Street'],
    phones: ['+353 1 ### ####', '01 ### ####', '087 ### ####'],
    topLevelDomain: 'ie',
  },
  {
    name: 'Spain',
    givenNames: ['José', 'María', 'Íñigo', 'Begoña', 'Nuria', 'Ramón', 'Inés', 'Andrés'],
    familyNames: ['García López', 'Muñoz', 'Ibáñez', 'de la Cruz', 'Peña', 'Núñez', 'Fernández', 'Zubizarreta'],
    places: [
      { city: 'Madrid', state: 'Comunidad de Madrid', postcode: '280##' },
      { city: 'A Coruña', state: 'Galicia', postcode: '150##' },
      { city: 'Cádiz', state: 'Andalucía', postcode: '110##' },
    ],
    streets: ['Calle Mayor, #', 'Avda. de España #, 3º B', 'Paseo de la Castellana #'],
    phones: ['+34 ### ### ###', '### ## ## ##'],
    topLevelDomain: 'es',
  },
  {
    name: 'Poland',
    givenNames: ['Łukasz', 'Małgorzata', 'Michał', 'Agnieszka', 'Zbigniew', 'Żaneta', 'Paweł', 'Kinga'],
    familyNames: ['Wójcik', 'Dąbrowska', 'Kowalski', 'Łuczak', 'Źrebiec', 'Nowak', 'Gąsior', 'Świątek'],
    places: [
      { city: 'Łódź', state: 'łódzkie', postcode: '9#-###' },
      { city: 'Kraków', state: 'małopolskie', postcode: '3#-###' },
      { city: 'Gdańsk', state: 'pomorskie', postcode: '8#-###' },
    ],
    streets: ['ul. Piotrkowska #', 'ul. Długa #/4', 'al. Niepodległości #'],
    phones: ['+48 ### ### ###', '### ### ###'],
    topLevelDomain: 'pl',
  },
  {
    name: 'Netherlands',
    givenNames: ['Daan', 'Femke', 'Joost', 'Anouk', 'Sjoerd', 'Loïs', 'Pieter', 'Renée'],
    familyNames: ['van den Berg', 'de Vries', 'Jansen', "van 't Hof", 'Bakker', 'IJsbrandy', 'Visser', 'Dijkstra'],
    places: [
      { city: 'Amsterdam', state: 'Noord-Holland', postcode: '10## AB' },
      { city: "'s-Hertogenbosch", state: 'Noord-Brabant', postcode: '52## KL' },
    ],
    streets: ['Herengracht # hs', 'Dorpsstraat #', 'Laan van Meerdervoort #'],
    phones: ['+31 20 ### ####', '06-########', '020 #######'],
    topLevelDomain: 'nl',
  },
  {
    name: 'United States',
    givenNames: ['Jennifer', 'Michael', 'LaToya', 'José', 'Ashley', 'William', 'Mary-Kate', 'Robert'],
    familyNames: ['Johnson', 'Williams', "O'Malley", 'Nguyen', 'Garcia', 'Smith Jr.', 'McAllister', 'Kowalczyk'],
    places: [
      { city: 'Chicago', state: 'IL', postcode: '606##' },
      { city: 'San José', state: 'CA', postcode: '951##' },
      { city: "Coeur d'Alene", state: 'ID', postcode: '83814-####' },
    ],
    streets: ['# Main St', '# N Michigan Ave, Suite 400', '# Martin Luther King Jr. Blvd'],
    phones: ['(312) 555-01##', '+1 408 555 01##', '208.555.01##', '1-800-555-01## ext. 4#'],
    topLevelDomain: 'us',
  },
  {
    name: 'Canada',
    givenNames: ['Étienne', 'Sophie', 'Liam', 'Geneviève', 'Noah', 'Maëlle', 'Olivia', 'Jean-François'],
    familyNames: ['Tremblay', 'Côté', 'MacKenzie', 'Bélanger', 'Singh', 'St-Pierre', 'Campbell', 'Gagné'],
    places: [
      { city: 'Montréal', state: 'QC', postcode: 'H#A #B#' },
      { city: 'Toronto', state: 'ON', postcode: 'M#V #K#' },
      { city: "St. John's", state: 'NL', postcode: 'A#C #S#' },
    ],
    streets: ['# rue Sainte-Catherine', '# Yonge Street', '# Water St'],
    phones: ['+1 (514) 555-01##', '416-555-01##', '+1709555 01##'],
    topLevelDomain: 'ca',
  },
];
