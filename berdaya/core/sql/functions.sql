-- What row policies and triggers call. Applied by the owner after every migrate, before the walls.

CREATE OR REPLACE FUNCTION core_scope_is_set() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
BEGIN
  IF coalesce(current_setting('berdaya.facilities', true), '') = '' THEN
    RAISE EXCEPTION 'scope_missing' USING ERRCODE = 'BD001',
      HINT = 'Open acting() or system_scope() before touching protected tables.';
  END IF;
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION core_scope_facilities() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN core_scope_facilities_for('');
END $$;

-- The lowest number there is, or scope_missing: see IN_SCOPE in walls.py.
CREATE OR REPLACE FUNCTION core_scope_floor() RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN core_scope_floor_for('');
END $$;

-- Who passes by and who buys reach only what walls.py opens to them: `audience` is 'public' for what
-- both may have, 'shop' for what a buyer's orders need, '' for nothing of the kind.
CREATE OR REPLACE FUNCTION core_scope_admits(audience text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
DECLARE
  asking text := current_setting('berdaya.actor', true);
BEGIN
  PERFORM core_scope_is_set();
  IF (asking = 'system:public' AND audience <> 'public')
     OR (asking = 'system:shop' AND audience = '') THEN
    RAISE EXCEPTION 'closed_to_public' USING ERRCODE = 'BD009',
      HINT = 'No public page and no buyer reads or writes this table; see docs/row-security.md.';
  END IF;
  RETURN true;
END $$;

-- Asked for every row that is written: whoever is signed in is answered without a further call.
CREATE OR REPLACE FUNCTION core_scope_facilities_for(audience text) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
DECLARE
  facilities text := current_setting('berdaya.facilities', true);
  asking text := current_setting('berdaya.actor', true);
BEGIN
  IF coalesce(facilities, '') = '' OR asking IN ('system:public', 'system:shop') THEN
    PERFORM core_scope_admits(audience);
  END IF;
  RETURN facilities::bigint[];
END $$;

-- The lowest number there is, or the refusal: see IN_SCOPE in walls.py. COST is what it takes: told
-- 10000, the planner read an index of the facility through, for fear of asking it for five rows.
CREATE OR REPLACE FUNCTION core_scope_floor_for(audience text) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, public AS $$
DECLARE
  facilities text := current_setting('berdaya.facilities', true);
  asking text := current_setting('berdaya.actor', true);
BEGIN
  IF coalesce(facilities, '') = '' OR asking IN ('system:public', 'system:shop') THEN
    PERFORM core_scope_admits(audience);
  END IF;
  RETURN -9223372036854775808;
END $$;

-- What holds for the whole transaction: 'free', or the limits of core/limits.py. Never left unsaid.
CREATE OR REPLACE FUNCTION core_scope_limit(name text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
DECLARE
  told text := current_setting('berdaya.' || name, true);
BEGIN
  IF coalesce(told, '') = '' THEN
    RAISE EXCEPTION 'scope_missing' USING ERRCODE = 'BD001',
      HINT = 'Open acting() or system_scope() before touching protected tables.';
  END IF;
  RETURN told;
END $$;

-- True, or nothing at all: the planner takes it that IS NOT NULL is nearly always so, and plans for
-- those who are not limited as it would without this.
CREATE OR REPLACE FUNCTION core_scope_is_free(name text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN CASE WHEN core_scope_limit(name) = 'free' THEN true END;
END $$;

-- Facilities where only people of the actor's own caseload are shown. Answers who is free as well: a
-- plan with parallel workers asks for every value beforehand.
CREATE OR REPLACE FUNCTION core_scope_guided() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
BEGIN
  IF core_scope_is_free('caseload') THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(SELECT jsonb_array_elements_text(
    core_scope_limit('caseload')::jsonb -> 'places')::bigint);
END $$;

-- Days, or seconds, that a letter opens, each after its facility's number: see core/limits.py.
CREATE OR REPLACE FUNCTION core_scope_span(name text) RETURNS int8multirange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
BEGIN
  IF core_scope_is_free(name) THEN
    RETURN NULL;
  END IF;
  RETURN core_scope_limit(name)::int8multirange;
END $$;

-- Writes of the program without a person behind them leave a line of their own.
CREATE OR REPLACE FUNCTION core_note_system_scope() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO core_systemscope (at, purpose, facility_count)
  VALUES (clock_timestamp(), current_setting('berdaya.reason'),
          cardinality(current_setting('berdaya.facilities')::bigint[]));
$$;

-- The one text of a row that its digest is taken over; times in UTC so that no setting matters.
CREATE OR REPLACE FUNCTION core_audit_digest(entry core_auditrow) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
  SELECT sha256(convert_to(jsonb_build_array(
    entry.id, extract(epoch FROM entry.at), entry.day::text, entry.actor, entry.reason,
    entry.request, entry.table_name, entry.row_pk, entry.facility_id, entry.operation,
    entry.before, entry.after)::text, 'UTF8'));
$$;

CREATE OR REPLACE FUNCTION core_masked(data jsonb, columns text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
  SELECT jsonb_object_agg(key, CASE WHEN key = ANY (columns) AND value <> 'null'::jsonb
                                    THEN '"•"'::jsonb ELSE value END)
  FROM jsonb_each(data);
$$;

-- Arguments: facility column (or ''), masked columns, columns whose change alone leaves no row.
CREATE OR REPLACE FUNCTION core_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  masked text[] := string_to_array(TG_ARGV[1], ',');
  unaudited text[] := string_to_array(TG_ARGV[2], ',');
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  now_is jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  either jsonb := coalesce(now_is, was);
  entry core_auditrow;
BEGIN
  IF TG_OP = 'UPDATE' AND was - unaudited = now_is - unaudited THEN
    RETURN NULL;
  END IF;
  entry.actor := nullif(current_setting('berdaya.actor', true), '');
  IF entry.actor IS NULL THEN
    -- Only the owner (migrations, restores) may change rows without a scope.
    IF session_user <> current_user THEN
      RAISE EXCEPTION 'scope_missing' USING ERRCODE = 'BD001',
        HINT = 'Open acting() or system_scope() before changing audited tables.';
    END IF;
    entry.actor := 'owner';
  END IF;
  entry.id := nextval(pg_get_serial_sequence('core_auditrow', 'id'));
  entry.at := clock_timestamp();
  entry.day := (entry.at AT TIME ZONE 'UTC')::date;
  entry.reason := coalesce(current_setting('berdaya.reason', true), '');
  entry.request := coalesce(current_setting('berdaya.request', true), '');
  entry.table_name := TG_TABLE_NAME;
  entry.row_pk := coalesce(either ->> 'id', either ->> 'code', '');
  entry.facility_id := CASE WHEN TG_ARGV[0] <> '' THEN (either ->> TG_ARGV[0])::bigint END;
  entry.operation := left(TG_OP, 1);
  entry.before := core_masked(was, masked);
  entry.after := core_masked(now_is, masked);
  entry.digest := core_audit_digest(entry);
  INSERT INTO core_auditrow VALUES (entry.*);
  RETURN NULL;
END $$;

-- Chunks of up to 1,000 rows of a day: [{first, last, rows, hash}], in order of id.
CREATE OR REPLACE FUNCTION core_audit_chunks(of_day date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH numbered AS (
    SELECT id, core_audit_digest(core_auditrow) AS digest,
           (row_number() OVER (ORDER BY id) - 1) / 1000 AS chunk
    FROM core_auditrow WHERE day = of_day
  ), chunks AS (
    SELECT chunk, min(id) AS first, max(id) AS last, count(*) AS n,
           encode(sha256(string_agg(digest, ''::bytea ORDER BY id)), 'hex') AS hash
    FROM numbered GROUP BY chunk
  )
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'first', first, 'last', last, 'rows', n, 'hash', hash) ORDER BY chunk), '[]'::jsonb)
  FROM chunks;
$$;

CREATE OR REPLACE FUNCTION core_audit_day_hash(of_day date, chunks jsonb, previous bytea)
RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
  SELECT sha256(coalesce(previous, ''::bytea)
                || convert_to(of_day::text || chunks::text, 'UTF8'));
$$;

-- Seals every day before `today` that has rows and no seal yet; returns how many.
CREATE OR REPLACE FUNCTION core_seal_audit(today date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  one date;
  found jsonb;
  previous bytea;
  sealed integer := 0;
BEGIN
  LOCK TABLE core_auditseal IN EXCLUSIVE MODE;
  today := least(today, (clock_timestamp() AT TIME ZONE 'UTC')::date);
  FOR one IN
    SELECT DISTINCT day FROM core_auditrow
    WHERE day < today AND day > coalesce((SELECT max(day) FROM core_auditseal), '-infinity')
    ORDER BY day
  LOOP
    found := core_audit_chunks(one);
    SELECT hash INTO previous FROM core_auditseal ORDER BY day DESC LIMIT 1;
    INSERT INTO core_auditseal (day, row_count, chunks, previous_hash, hash, sealed_at)
    VALUES (one, (SELECT count(*) FROM core_auditrow WHERE day = one), found,
            coalesce(previous, ''::bytea), core_audit_day_hash(one, found, previous),
            clock_timestamp());
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

-- What no longer fits: (day, first_id, last_id, problem, row ids whose content changed).
CREATE OR REPLACE FUNCTION core_verify_audit()
RETURNS TABLE (bad_day date, first_id bigint, last_id bigint, problem text, row_ids bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  seal core_auditseal;
  previous bytea := ''::bytea;
  sealed_before timestamptz := '-infinity';
  chunk jsonb;
  found text;
  present bigint;
  odd bigint[];
BEGIN
  FOR seal IN SELECT * FROM core_auditseal ORDER BY day LOOP
    IF seal.previous_hash <> previous
       OR seal.hash <> core_audit_day_hash(seal.day, seal.chunks, previous)
       OR seal.row_count <> (SELECT coalesce(sum((c ->> 'rows')::bigint), 0)
                             FROM jsonb_array_elements(seal.chunks) c)
       -- A day is sealed when it is over, and after the days before it.
       OR seal.sealed_at < (seal.day + 1)::timestamp AT TIME ZONE 'UTC'
       OR seal.sealed_at < sealed_before THEN
      RETURN QUERY SELECT seal.day, NULL::bigint, NULL::bigint, 'seal', '{}'::bigint[];
    END IF;
    previous := seal.hash;
    sealed_before := seal.sealed_at;
    FOR chunk IN SELECT jsonb_array_elements(seal.chunks) LOOP
      SELECT encode(sha256(string_agg(r.fresh, ''::bytea ORDER BY r.id)), 'hex'), count(*),
             array_agg(r.id ORDER BY r.id) FILTER (WHERE r.digest IS DISTINCT FROM r.fresh)
      INTO found, present, odd
      FROM (SELECT a.id, a.digest, core_audit_digest(a) AS fresh FROM core_auditrow a
            WHERE a.day = seal.day
              AND a.id BETWEEN (chunk ->> 'first')::bigint AND (chunk ->> 'last')::bigint) r;
      IF found IS DISTINCT FROM chunk ->> 'hash' OR odd IS NOT NULL THEN
        RETURN QUERY SELECT seal.day, (chunk ->> 'first')::bigint, (chunk ->> 'last')::bigint,
          CASE WHEN present < (chunk ->> 'rows')::bigint THEN 'removed'
               WHEN present > (chunk ->> 'rows')::bigint THEN 'inserted' ELSE 'changed' END,
          coalesce(odd, '{}'::bigint[]);
      END IF;
    END LOOP;
    RETURN QUERY
      SELECT seal.day, min(r.id), max(r.id), 'inserted'::text, array_agg(r.id ORDER BY r.id)
      FROM core_auditrow r
      WHERE r.day = seal.day AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(seal.chunks) c
        WHERE r.id BETWEEN (c ->> 'first')::bigint AND (c ->> 'last')::bigint)
      HAVING count(*) > 0;
  END LOOP;
  -- Rows dated on a day that was passed over because it had none when later days were sealed.
  RETURN QUERY
    SELECT r.day, min(r.id), max(r.id), 'inserted'::text, array_agg(r.id ORDER BY r.id)
    FROM core_auditrow r
    WHERE r.day <= (SELECT max(day) FROM core_auditseal)
      AND NOT EXISTS (SELECT FROM core_auditseal s WHERE s.day = r.day)
    GROUP BY r.day;
  -- Days that are not sealed yet have only the digest that each row was written with.
  RETURN QUERY
    SELECT r.day, min(r.id), max(r.id), 'changed'::text, array_agg(r.id ORDER BY r.id)
    FROM core_auditrow r
    WHERE r.day > coalesce((SELECT max(day) FROM core_auditseal), '-infinity')
      AND r.digest IS DISTINCT FROM core_audit_digest(r)
    GROUP BY r.day;
END $$;
