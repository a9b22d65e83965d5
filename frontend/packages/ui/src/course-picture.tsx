import { useState } from 'react';
import { CourseCover } from './course-cover';
import { cx } from './cx';

interface CoursePictureProps {
  /** Decides the drawing when there is no image. */
  seed: string;
  imageUrl: string | null;
  className?: string;
}

/** The picture of a course: its own image, or the drawn cover while there is none or it does not load. */
export function CoursePicture({ seed, imageUrl, className }: CoursePictureProps) {
  const [broken, setBroken] = useState(false);
  const box = cx('aspect-video w-full', className);
  if (!imageUrl || broken) return <CourseCover seed={seed} className={box} />;
  return (
    <img
      src={imageUrl}
      alt=""
      loading="lazy"
      decoding="async"
      className={cx(box, 'bg-board object-cover')}
      onError={() => { setBroken(true); }}
    />
  );
}
