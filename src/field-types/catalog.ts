import { build as addressBuild } from './address/build.ts';
import { spec as addressSpec } from './address/spec.ts';
import { build as booleanBuild } from './boolean/build.ts';
import { spec as booleanSpec } from './boolean/spec.ts';
import { build as colorBuild } from './color/build.ts';
import { spec as colorSpec } from './color/spec.ts';
import { FieldTypes } from './contract.ts';
import { build as dateBuild } from './date/build.ts';
import { spec as dateSpec } from './date/spec.ts';
import { build as datetimeBuild } from './datetime/build.ts';
import { spec as datetimeSpec } from './datetime/spec.ts';
import { build as decimalBuild } from './decimal/build.ts';
import { spec as decimalSpec } from './decimal/spec.ts';
import { build as durationBuild } from './duration/build.ts';
import { spec as durationSpec } from './duration/spec.ts';
import { build as emailBuild } from './email/build.ts';
import { spec as emailSpec } from './email/spec.ts';
import { build as enumBuild } from './enum/build.ts';
import { spec as enumSpec } from './enum/spec.ts';
import { build as imageBuild } from './image/build.ts';
import { spec as imageSpec } from './image/spec.ts';
import { build as integerBuild } from './integer/build.ts';
import { spec as integerSpec } from './integer/spec.ts';
import { build as moneyBuild } from './money/build.ts';
import { spec as moneySpec } from './money/spec.ts';
import { build as percentageBuild } from './percentage/build.ts';
import { spec as percentageSpec } from './percentage/spec.ts';
import { build as phoneBuild } from './phone/build.ts';
import { spec as phoneSpec } from './phone/spec.ts';
import { build as ratingBuild } from './rating/build.ts';
import { spec as ratingSpec } from './rating/spec.ts';
import { build as richTextBuild } from './rich-text/build.ts';
import { spec as richTextSpec } from './rich-text/spec.ts';
import { build as stringBuild } from './string/build.ts';
import { spec as stringSpec } from './string/spec.ts';
import { build as textBuild } from './text/build.ts';
import { spec as textSpec } from './text/spec.ts';
import { build as timeBuild } from './time/build.ts';
import { spec as timeSpec } from './time/spec.ts';
import { build as urlBuild } from './url/build.ts';
import { spec as urlSpec } from './url/spec.ts';

/** Every type of field, in the order in which models are told of them. */
export const fieldTypes = new FieldTypes([
  { spec: stringSpec, build: stringBuild },
  { spec: textSpec, build: textBuild },
  { spec: richTextSpec, build: richTextBuild },
  { spec: addressSpec, build: addressBuild },
  { spec: integerSpec, build: integerBuild },
  { spec: decimalSpec, build: decimalBuild },
  { spec: percentageSpec, build: percentageBuild },
  { spec: moneySpec, build: moneyBuild },
  { spec: ratingSpec, build: ratingBuild },
  { spec: durationSpec, build: durationBuild },
  { spec: booleanSpec, build: booleanBuild },
  { spec: enumSpec, build: enumBuild },
  { spec: dateSpec, build: dateBuild },
  { spec: datetimeSpec, build: datetimeBuild },
  { spec: timeSpec, build: timeBuild },
  { spec: emailSpec, build: emailBuild },
  { spec: phoneSpec, build: phoneBuild },
  { spec: urlSpec, build: urlBuild },
  { spec: imageSpec, build: imageBuild },
  { spec: colorSpec, build: colorBuild },
]);
