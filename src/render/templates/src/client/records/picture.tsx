import { useState } from 'react';
import { pictureAddress } from '../format/links.ts';
import { Icon } from '../ui/icons.tsx';

interface PictureProps {
  address: string;
  /** What it shows; nothing where the words beside it say so already. */
  alt?: string;
  className?: string;
}

/** The picture at an address, or a place holder where there is none to be had. */
export function Picture({ address, alt = '', className = 'max-h-80 w-full rounded-xl' }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  const source = pictureAddress(address);
  if (source === undefined || broken === source) {
    return (
      <span className={`grid min-h-10 place-items-center bg-tint text-on-tint ${className}`}>
        <Icon name="image" />
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
