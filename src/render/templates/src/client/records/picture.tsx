import { useState } from 'react';
import { pictureAddress } from '../format/links.ts';
import { Icon } from '../ui/icons.tsx';

interface PictureProps {
  address: string;
  /** What it shows; nothing where the words beside it say so already. */
  alt?: string;
  /** What to read in its place where it is not to be had. */
  hint?: string | undefined;
  className?: string;
}

/** The picture at an address, or a place holder where there is none to be had. */
export function Picture({ address, alt = '', hint, className = 'max-h-80 w-full rounded-xl' }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  const source = pictureAddress(address);
  if (source === undefined || broken === source) {
    return (
      <span
        className={`grid min-h-10 place-content-center justify-items-center gap-2 bg-tint text-on-tint ${className}`}
      >
        <Icon name="image" />
        {hint && <span className="px-4 text-center text-sm">{hint}</span>}
        {alt && <span className="sr-only">{alt} (picture not available)</span>}
      </span>
    );
  }
  return (
    <img
      src={source}
      alt={alt}
      loading="lazy"
      className={`object-cover ${className}`}
      onError={() => setBroken(source)}
    />
  );
}
