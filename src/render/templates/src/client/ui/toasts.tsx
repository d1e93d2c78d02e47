import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { Icon } from './icons.tsx';

type Announce = (text: string) => void;

const Toasts = createContext<Announce>(() => {});

/** Long enough to read a short sentence twice, in milliseconds. */
const lifetime = 6000;

/** What was shown when the page was left. */
const kept = 'toast';

interface Toast {
  id: number;
  text: string;
}

/** What the page said that was loaded anew, however long that took: this one began when that one ended. */
const left = takeKept();

function takeKept(): Toast | undefined {
  const { text, at } = JSON.parse(sessionStorage.getItem(kept) ?? '{}');
  sessionStorage.removeItem(kept);
  return typeof text === 'string' && performance.timeOrigin - at < 1000 ? { id: 0, text } : undefined;
}

/** Says in passing that something was done, to the eye and, through a polite live region, to a screen reader. */
export function useAnnounce(): Announce {
  return useContext(Toasts);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState(left);
  const announce = useCallback((text: string) => setToast((last) => ({ id: (last?.id ?? 0) + 1, text })), []);

  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(undefined), lifetime);
    const keep = () => sessionStorage.setItem(kept, JSON.stringify({ text: toast.text, at: Date.now() }));
    // The page may be loaded anew before anybody has read it.
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [toast]);

  return (
    <Toasts value={announce}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex justify-center p-4"
      >
        {toast && (
          <div
            key={toast.id}
            className="pointer-events-auto flex items-center gap-3 rounded-xl bg-ink py-2 pr-2 pl-4 text-page shadow-raised"
          >
            <Icon name="check" className="size-4" />
            <p className="font-medium text-sm">{toast.text}</p>
            <button
              type="button"
              className="on-ink grid size-8 place-items-center rounded-lg hover:opacity-70"
              aria-label="Dismiss"
              onClick={() => setToast(undefined)}
            >
              <Icon name="close" className="size-4" />
            </button>
          </div>
        )}
      </div>
    </Toasts>
  );
}
