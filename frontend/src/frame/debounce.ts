import { useEffect, useState } from 'react';

/** The value once it has stopped changing for a moment: one request per pause, not per key. */
export function useSettled<Value>(value: Value, delay = 400): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as Value), delay);
    return () => clearTimeout(timer);
  }, [text, delay]);
  return settled;
}
