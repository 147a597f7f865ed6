-- What a technician is booked for around a time.
CREATE INDEX work_order_booked ON work_order (resource, booked_from);
