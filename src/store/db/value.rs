//! Values on their way into a database and out of it.

use std::error;

use bytes::BytesMut;
use postgres::types::{IsNull, Type, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::{Error, Result};

/// The kinds of values that both databases keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::store) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// Can be written into a database.
pub(in crate::store) trait ToSql {
    fn value(&self) -> Value<'_>;
}

/// Can be read from a database. `None`: the value is none of these.
pub(in crate::store) trait FromSql: Sized {
    fn read(value: Value<'_>) -> Option<Self>;
}

impl<'a> Value<'a> {
    pub(super) fn of_file(value: ValueRef<'a>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Int(number),
            // No column of ours holds fractions.
            ValueRef::Real(number) => Self::Int(number as i64),
            ValueRef::Text(text) => std::str::from_utf8(text).map_or(Self::Bytes(text), Self::Text),
            ValueRef::Blob(bytes) => Self::Bytes(bytes),
        }
    }

    pub(super) fn of_server(row: &'a postgres::Row, column: usize) -> Result<Self> {
        let kind = row.columns().get(column).map_or(&Type::UNKNOWN, |column| column.type_());
        let value = match *kind {
            Type::INT8 => row.try_get::<_, Option<i64>>(column)?.map(Self::Int),
            Type::INT4 => row.try_get::<_, Option<i32>>(column)?.map(|number| Self::Int(number.into())),
            Type::BOOL => row.try_get::<_, Option<bool>>(column)?.map(|yes| Self::Int(yes.into())),
            Type::TEXT => row.try_get::<_, Option<&str>>(column)?.map(Self::Text),
            Type::BYTEA => row.try_get::<_, Option<&[u8]>>(column)?.map(Self::Bytes),
            _ => return Err(Error::Odd(format!("column {column} is of the type {kind}"))),
        };
        Ok(value.unwrap_or(Self::Null))
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl postgres::types::ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn error::Error + Sync + Send>> {
        match (*self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(number), &Type::INT8) => number.to_sql(kind, out),
            (Self::Int(number), &Type::INT4) => i32::try_from(number)?.to_sql(kind, out),
            (Self::Int(number), &Type::BOOL) => (number != 0).to_sql(kind, out),
            // PostgreSQL keeps no NUL in a text.
            (Self::Text(text), &Type::TEXT) if text.contains('\0') => {
                text.replace('\0', "").to_sql(kind, out)
            }
            (Self::Text(text), &Type::TEXT) => text.to_sql(kind, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(kind, out),
            (value, kind) => Err(format!("{value:?} is no {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl ToSql for $number {
            fn value(&self) -> Value<'_> {
                Value::Int(i64::from(*self))
            }
        }

        impl FromSql for $number {
            fn read(value: Value<'_>) -> Option<Self> {
                match value {
                    Value::Int(number) => number.try_into().ok(),
                    _ => None,
                }
            }
        }
    )*};
}

numbers!(i64, u32, u16);

impl ToSql for bool {
    fn value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

impl FromSql for bool {
    fn read(value: Value<'_>) -> Option<Self> {
        i64::read(value).map(|number| number != 0)
    }
}

impl ToSql for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToSql for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl FromSql for String {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl ToSql for [u8; 32] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl FromSql for Vec<u8> {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl<T: ToSql + ?Sized> ToSql for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: ToSql> ToSql for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToSql::value)
    }
}

impl<T: FromSql> FromSql for Option<T> {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}
