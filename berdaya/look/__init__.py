"""The look of Berdaya: tokens, base templates, components, scripts, motif and paper."""
