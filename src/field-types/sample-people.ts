/** Names of entities and fields that stand for people. */
export const isPerson =
  /(person|people|customer|client|user|author|contact|student|teacher|employee|member|patient|doctor|lead|owner|guest|staff|manager|instructor|agent|candidate|applicant|volunteer|donor|driver|player|subscriber|participant|attendee|artist|speaker|writer|reader|buyer|seller|tenant|landlord|tutor|trainer|nurse|freelancer|mentor|coach)s?$/i;
