import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { messages } from '../messages';

export function VerifyForm() {
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = code.replace(/\s/g, '');
    setMissing(wanted === '');
    if (wanted) void navigate(`/verify/${encodeURIComponent(wanted)}`);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-end gap-4">
      <TextField
        className="flex-1 basis-72"
        label={messages.code}
        value={code}
        onChange={(event) => { setCode(event.target.value); }}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        required
        error={missing ? messages.codeMissing : undefined}
      />
      <Button type="submit" className="min-h-12">{messages.check}</Button>
    </form>
  );
}
