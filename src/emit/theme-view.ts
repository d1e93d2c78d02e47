/**
 * The theme's two colours with what else a page needs, every pair readable: text on its background has a contrast of at
 * least 4.5 to 1 (WCAG 2.2, 1.4.3), lines of inputs and focus rings at least 3 to 1 (1.4.11). All are `#rrggbb`.
 */
export interface ThemeView {
  readonly background: string;
  readonly component: string;
  readonly backgroundName: string | undefined;
  readonly componentName: string | undefined;
  /** Whether the background is dark. */
  readonly isDark: boolean;
  /** Text on `background` and on `surface`. */
  readonly text: string;
  /** Secondary text on both. */
  readonly muted: string;
  /** Cards, tables and inputs: a step away from the background. */
  readonly surface: string;
  /** Hairlines between things. */
  readonly border: string;
  /** Outlines of inputs, 3 to 1 on both. */
  readonly inputBorder: string;
  /** Text on `component`. */
  readonly onComponent: string;
  /** A button of `component` under the pointer; `onComponent` stays readable on it. */
  readonly componentHover: string;
  /** Links and focus rings: `component`, moved towards the text colour until it is readable on background and surface. */
  readonly link: string;
  /** Around what is filled with `component`, so that it stands out from the background: 3 to 1, even on its own colour. */
  readonly componentEdge: string;
  /** Rows under the pointer and bands: a small step away from `surface`; `text`, `muted` and `link` are readable on it. */
  readonly subtle: string;
  /** Badges and icons' grounds: `surface` with a breath of `component`. */
  readonly tint: string;
  /** Text on `tint`. */
  readonly onTint: string;
  /** The ground of an error message; `danger` is readable on it. */
  readonly dangerTint: string;
  /** Errors and destructive buttons' text, readable on both. */
  readonly danger: string;
  /** Done well, readable on both. */
  readonly success: string;
  /** Contrast ratios of the two pairs the user chose: text on background and on component. */
  readonly textContrast: number;
  readonly componentContrast: number;
}
