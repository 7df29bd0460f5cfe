"""Dossier numbers (卷号) and agreement numbers (协议编号): drawing them, and accounting for those not used."""
