/* The 101 departments (INSEE codes and names) and the place of their tile: column, row. Metropolitan tiles are the
   cells nearest to their barycentres (app/market/departments.tsv), spread so that each has one; overseas on the left. */

export interface Department {
  code: string;
  name: string;
  column: number;
  row: number;
}

const TILES = `01;Ain;10;7
02;Aisne;8;1
03;Allier;7;6
04;Alpes-de-Haute-Provence;10;10
05;Hautes-Alpes;10;9
06;Alpes-Maritimes;11;10
07;Ardèche;8;9
08;Ardennes;9;2
09;Ariège;5;12
10;Aube;8;4
11;Aude;6;11
12;Aveyron;6;9
13;Bouches-du-Rhône;9;11
14;Calvados;3;3
15;Cantal;7;8
16;Charente;4;7
17;Charente-Maritime;3;7
18;Cher;6;6
19;Corrèze;6;8
21;Côte-d’Or;9;5
22;Côtes-d’Armor;1;3
23;Creuse;6;7
24;Dordogne;5;8
25;Doubs;10;6
26;Drôme;9;9
27;Eure;4;2
28;Eure-et-Loir;5;4
29;Finistère;0;4
2A;Corse-du-Sud;12;12
2B;Haute-Corse;12;11
30;Gard;8;10
31;Haute-Garonne;5;11
32;Gers;4;10
33;Gironde;3;9
34;Hérault;7;10
35;Ille-et-Vilaine;2;4
36;Indre;5;6
37;Indre-et-Loire;4;5
38;Isère;10;8
39;Jura;9;6
40;Landes;3;10
41;Loir-et-Cher;5;5
42;Loire;8;7
43;Haute-Loire;8;8
44;Loire-Atlantique;2;5
45;Loiret;6;5
46;Lot;5;9
47;Lot-et-Garonne;4;9
48;Lozère;7;9
49;Maine-et-Loire;3;5
50;Manche;2;3
51;Marne;8;2
52;Haute-Marne;9;4
53;Mayenne;3;4
54;Meurthe-et-Moselle;10;3
55;Meuse;9;3
56;Morbihan;1;4
57;Moselle;11;2
58;Nièvre;7;5
59;Nord;7;0
60;Oise;7;1
61;Orne;4;3
62;Pas-de-Calais;6;0
63;Puy-de-Dôme;7;7
64;Pyrénées-Atlantiques;3;11
65;Hautes-Pyrénées;4;11
66;Pyrénées-Orientales;6;12
67;Bas-Rhin;11;3
68;Haut-Rhin;11;4
69;Rhône;9;7
70;Haute-Saône;10;5
71;Saône-et-Loire;8;6
72;Sarthe;4;4
73;Savoie;11;8
74;Haute-Savoie;11;7
75;Paris;7;2
76;Seine-Maritime;5;1
77;Seine-et-Marne;8;3
78;Yvelines;5;3
79;Deux-Sèvres;3;6
80;Somme;6;1
81;Tarn;6;10
82;Tarn-et-Garonne;5;10
83;Var;10;11
84;Vaucluse;9;10
85;Vendée;2;6
86;Vienne;4;6
87;Haute-Vienne;5;7
88;Vosges;10;4
89;Yonne;8;5
90;Territoire de Belfort;11;5
91;Essonne;6;4
92;Hauts-de-Seine;6;3
93;Seine-Saint-Denis;7;3
94;Val-de-Marne;7;4
95;Val-d’Oise;6;2
971;Guadeloupe;0;8
972;Martinique;0;9
973;Guyane;0;10
974;La Réunion;0;11
976;Mayotte;0;12`;

export const DEPARTMENTS: readonly Department[] = TILES.split('\n').map((line) => {
  const [code = '', name = '', column, row] = line.split(';');
  return { code, name, column: Number(column), row: Number(row) };
});

export function departmentName(code: string): string {
  return DEPARTMENTS.find((one) => one.code === code)?.name ?? code;
}
