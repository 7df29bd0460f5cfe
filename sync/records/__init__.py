"""The declaration: what a record is. Tables, wire, checks, forms and ledgers follow from it."""

from sync.records.field import Field, Record, Value
from sync.records.record_type import RecordType, Step
from sync.records.registry import CHILDREN, RECORD_TYPES, declared

__all__ = ["CHILDREN", "RECORD_TYPES", "Field", "Record", "RecordType", "Step", "Value", "declared"]
