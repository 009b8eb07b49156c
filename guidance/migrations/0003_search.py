"""Search: a stored, weighted text vector beside each article, and the words that a typing error may have meant.

Both live in PostgreSQL alone: a generated column and a table filled by a trigger, so that no way of writing an article
can leave them behind. pg_trgm is a trusted extension: the owner of the database may create it.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# Weights: A what it is called, B its main message and headings, C what to try and what it does not mean, D the rest.
VECTOR = r"""
CREATE FUNCTION guidance_vector(slug text, title text, subtitle text, main text, try_today text, not_mean text[],
                                parts jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('pg_catalog.english', replace(slug, '-', ' ') || ' ' || title || ' ' || subtitle), 'A')
      || setweight(to_tsvector('pg_catalog.english', main || ' ' || coalesce((
           SELECT string_agg(found[1], ' ') FROM jsonb_array_elements(parts) AS part,
                  regexp_matches(part->>'html', '<h[23]>(.*?)</h[23]>', 'g') AS found), '')), 'B')
      || setweight(to_tsvector('pg_catalog.english', try_today || ' ' || array_to_string(not_mean, ' ')), 'C')
      || setweight(to_tsvector('pg_catalog.english', guidance_plain(parts)), 'D')
$$;
"""

PLAIN = r"""
CREATE FUNCTION guidance_plain(parts jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(regexp_replace(part->>'html', '<[^>]*>', ' ', 'g'), ' '), '')
  FROM jsonb_array_elements(parts) AS part
$$;
"""

COLUMN = """
ALTER TABLE guidance_article ADD COLUMN search tsvector GENERATED ALWAYS AS
  (guidance_vector(slug, title, subtitle, main, try_today, not_mean, parts)) STORED;
CREATE INDEX guidance_article_search ON guidance_article USING gin (search);
"""

WORDS = r"""
CREATE TABLE guidance_word (word text PRIMARY KEY, stem text NOT NULL);
CREATE INDEX guidance_word_stem ON guidance_word (stem);
CREATE INDEX guidance_word_close ON guidance_word USING gin (word gin_trgm_ops);

CREATE FUNCTION guidance_learn_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO guidance_word (word, stem)
  SELECT word, (ts_lexize('pg_catalog.english_stem', word))[1]
  FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', concat_ws(' ', replace(NEW.slug, '-', ' '),
       NEW.title, NEW.subtitle, NEW.main, NEW.try_today, guidance_plain(NEW.parts))))) AS word
  WHERE word ~ '^[[:alpha:]]{3,}$' AND ts_lexize('pg_catalog.english_stem', word) <> '{}'
  ON CONFLICT (word) DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER guidance_learn_words AFTER INSERT OR UPDATE ON guidance_article
  FOR EACH ROW EXECUTE FUNCTION guidance_learn_words();
UPDATE guidance_article SET words = words;
"""


class Migration(migrations.Migration):
    dependencies = [("guidance", "0002_more_topics")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(PLAIN, "DROP FUNCTION guidance_plain(jsonb)"),
        migrations.RunSQL(
            VECTOR, "DROP FUNCTION guidance_vector(text, text, text, text, text, text[], jsonb)"
        ),
        migrations.RunSQL(COLUMN, "ALTER TABLE guidance_article DROP COLUMN search"),
        migrations.RunSQL(
            WORDS,
            "DROP TRIGGER guidance_learn_words ON guidance_article; DROP FUNCTION guidance_learn_words();"
            " DROP TABLE guidance_word",
        ),
    ]
