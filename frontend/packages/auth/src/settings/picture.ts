import { profile as text } from './messages';

const KINDS = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
const LARGEST_BYTES = 5 * 1024 * 1024;

/** For the file dialog. */
export const pictureKinds = KINDS.join(',');

/** Why the server would refuse this file, told before it is sent; null when it looks right. */
export function pictureProblem({ type, size }: Pick<File, 'type' | 'size'>): string | null {
  if (!KINDS.includes(type)) return text.pictureKind;
  return size > LARGEST_BYTES ? text.pictureSize : null;
}

/** As a data address: object addresses are not allowed as pictures here. */
export function readPicture(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(String(reader.result)); };
    reader.onerror = () => { reject(new Error('unreadable')); };
    reader.readAsDataURL(file);
  });
}
