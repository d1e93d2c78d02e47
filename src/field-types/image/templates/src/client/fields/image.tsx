import { isOfOtherSite } from '../format/links.ts';
import { FormRow } from '../records/form/form-row.tsx';
import { Picture } from '../records/picture.tsx';
import type { ControlInput, FieldKind } from './field-kind.ts';
import { plainText } from './plain-text.ts';

/** The address of a picture. Lists and records show the picture. */
export function imageField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <PictureRow input={input} maxLength={maxLength} />,
    display: (value, brief) => <Picture address={String(value)} {...(brief && { className: 'size-10 rounded-lg' })} />,
    column: 'none',
    isPicture: true,
  };
}

function PictureRow({ input, maxLength }: { input: ControlInput; maxLength: number }) {
  const { name, label, required, problem, onChange } = input;
  const address = String(input.value);
  return (
    <FormRow
      name={name}
      label={label}
      required={required}
      problem={problem}
      hint="The address of a picture, such as https://example.com/picture.jpg"
    >
      {(control) => (
        <>
          <input
            {...control}
            // A browser's `url` input refuses the path of a picture on this server.
            type="text"
            inputMode="url"
            name={name}
            className="field"
            maxLength={maxLength}
            value={address}
            onChange={(event) => onChange(event.target.value)}
          />
          {address !== '' && (
            <Picture
              address={address}
              alt="Preview"
              hint={isOfOtherSite(address) ? 'A picture from a new site is shown once it is saved.' : undefined}
              className="mt-3 h-40 max-w-xs rounded-xl border border-line"
            />
          )}
        </>
      )}
    </FormRow>
  );
}
